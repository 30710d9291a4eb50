// What the page has to know of its daemon, and how it asks for it.
import * as z from 'zod';

const settingsSchema = z.object({
  url: z.string(),
  site: z.string(),
  screen: z.string(),
  triggers: z.array(z.string()),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Null while the daemon does not answer. */
export async function askSettings(): Promise<Settings | null> {
  try {
    const response = await fetch('/player/settings.json');
    return settingsSchema.parse(await response.json());
  } catch {
    return null; // It is asked again: a page that stands for months outlives its daemon many times.
  }
}
