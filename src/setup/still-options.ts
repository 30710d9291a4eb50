// What the program that shows a still is told by the set-up that starts it.
import type { PictureView } from '../capture/picture-view.ts';
import type { CaptureSource } from '../capture/source.ts';

export type StillOptions = Canvas &
  Readonly<{
    /** What is looked at, and how it is made of the frames of the source; null where they are looked at as they are. */
    frame: CaptureSource['frame'];
    view: PictureView | null;
    periodMs: number;
    clock: CaptureSource['clock'];
    live: boolean;
    /** A camera needs some frames to find the right exposure; so long after the first one it is believed. */
    settleMs: number;
  }>;

/** Where it is drawn. */
export type Canvas = Readonly<{
  /** Most characters across and down. */
  columns: number;
  rows: number;
  colors: 'all' | '256' | 'none';
}>;
