// Names everything that can be wrong with a camera; the words are used in messages, alerts and the documentation alike.
import * as z from 'zod';

/** The source sends nothing: what was tried is tried again. */
export const AWAY_FAULTS = [
  'absent',
  'busy',
  'refused',
  'unresolved',
  'unreachable',
  'silent',
  'hung',
  'broken',
  'sensor',
] as const;

/** A picture comes that says nothing about the audience: its time is not counted. */
export const PICTURE_FAULTS = ['dark', 'covered', 'frozen', 'blurred', 'garbled', 'too-fast'] as const;

/** The audience is still counted, and somebody should know. */
export const noticeSchema = z.enum(['moved', 'too-slow']);

export type AwayFault = (typeof AWAY_FAULTS)[number];
export type PictureFault = (typeof PICTURE_FAULTS)[number];
type Notice = z.infer<typeof noticeSchema>;
export type Fault = AwayFault | PictureFault | Notice;
