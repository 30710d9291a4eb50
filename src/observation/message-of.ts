// Says what a caught error says; in the folder that every other may import.

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
