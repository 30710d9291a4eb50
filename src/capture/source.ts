// What a source of frames is: the program that writes them, what a reader must know about them, and what one may ask for.

export type CaptureSource = {
  readonly kind: 'demo' | 'file' | 'images' | 'stream' | 'v4l2' | 'rpicam' | 'raspistill' | 'jetson' | 'command';
  /** For people; holds no credentials. */
  readonly label: string;
  /** Looked up in PATH. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Written to descriptor 3 of the program, where nobody can read it as they can its arguments; null where there is none. */
  readonly secret: string | null;
  /** The node in /dev that is there while the camera is; null where there is none. */
  readonly device: string | null;
  /** I420: the brightness plane has rows of `strideBytes`, the two color planes rows of half of it. */
  readonly frame: { readonly width: number; readonly height: number; readonly strideBytes: number };
  readonly periodMs: number;
  /** `monotonic`: a frame's time is when it arrives; `media`: its index times the period. */
  readonly clock: 'monotonic' | 'media';
  /** The newest frame wins and the rest are dropped. */
  readonly live: boolean;
  /** A picture that is frozen, dark and so on is a fault. */
  readonly healthRules: boolean;
  readonly stopSignal: 'SIGINT' | 'SIGTERM' | 'SIGKILL';
  /** What the kernel sends the program when the daemon dies; TERM is for a supervisor that ends a program gently. */
  readonly deathSignal: 'KILL' | 'TERM';
  /** A film ends; a camera that ends is broken. */
  readonly endsByItself: boolean;
};

export type CaptureOptions = {
  /** A video file, a folder of pictures, or an rtsp or http(s) address. */
  readonly input: string | null;
  /** A V4L2 device such as /dev/video0, or rpicam, raspistill or jetson, with a number where there are several: rpicam:1. */
  readonly camera: string | null;
  /** A program with its arguments that writes I420 to its standard output. */
  readonly command: readonly string[] | null;
  /** Bytes of a row of brightness that the command writes; null for as many as the width. */
  readonly rowBytes: number | null;
  /** For an address that holds none itself. */
  readonly credentials: Readonly<{ username: string; password: string }> | null;
  readonly exposure: Readonly<{ flickerHz: 50 | 60 | null; backlight: boolean }>;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Whether files and pictures come at their own speed or as fast as they are taken. */
  readonly pace: 'realtime' | 'max';
  /** How long each picture of a folder is shown. */
  readonly pictureMs: number;
};

/** What one asks for who names no source and wants nothing special. */
export const NO_WISHES = {
  input: null,
  camera: null,
  command: null,
  rowBytes: null,
  credentials: null,
  exposure: { flickerHz: null, backlight: false },
  pace: 'realtime',
  pictureMs: 3000,
} as const satisfies Partial<CaptureOptions>;
