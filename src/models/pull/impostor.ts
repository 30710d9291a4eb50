// Recognizes what servers hand out under a model's name instead of the model.

/** So much of a file tells what it is. */
export const HEAD_BYTES = 512;

const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\//;
/** Comments and an XML declaration may come first, as they do in the cascades of OpenCV, which are no web pages. */
const WEB_PAGE = /^(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|title|script|meta)\b/is;

/** In words what the file is instead, or null where it may be a model. */
export function impostorIn(head: Uint8Array): string | null {
  const text = new TextDecoder().decode(head.subarray(0, HEAD_BYTES)).trimStart();
  if (LFS_POINTER.test(text)) return 'a Git LFS pointer, a note that only names the file,';
  if (WEB_PAGE.test(text)) return 'a web page, such as the log-in page of a network,';
  return null;
}
