// What a source of frames is: the program that writes them, what a reader must know about them, and what one may ask for.

export type CaptureSource = {
  readonly kind: 'demo' | 'file' | 'images' | 'stream' | 'v4l2';
  /** For people; holds no credentials. */
  readonly label: string;
  /** Looked up in PATH. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** I420: the brightness plane has rows of `strideBytes`, the two color planes rows of half of it. */
  readonly frame: { readonly width: number; readonly height: number; readonly strideBytes: number };
  readonly periodMs: number;
  /** `monotonic`: a frame's time is when it arrives; `media`: its index times the period. */
  readonly clock: 'monotonic' | 'media';
  /** The newest frame wins and the rest are dropped. */
  readonly live: boolean;
  /** A picture that is frozen or dark is a fault. */
  readonly healthRules: boolean;
  readonly stopSignal: 'SIGINT' | 'SIGTERM' | 'SIGKILL';
  /** A film ends; a camera that ends is broken. */
  readonly endsByItself: boolean;
};

export type CaptureOptions = {
  /** A video file, a folder of pictures, or an rtsp or http(s) address. */
  readonly input: string | null;
  /** A V4L2 device such as /dev/video0. */
  readonly camera: string | null;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Whether files and pictures come at their own speed or as fast as they are taken. */
  readonly pace: 'realtime' | 'max';
  /** How long each picture of a folder is shown. */
  readonly pictureMs: number;
};
