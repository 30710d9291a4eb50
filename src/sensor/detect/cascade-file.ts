// Says what is wrong with the text of a cascade, because OpenCV ends the process when it cannot parse one.

const ROOT = 'opencv_storage';
const CASCADE = /<cascade type_id="opencv-cascade-classifier">/;
/** What is no element: the declaration and comments. */
const ASIDES = /<\?.*?\?>|<!--.*?-->/gs;
const TAG = /<(\/?)([A-Za-z_][\w.-]*)[^<>]*?(\/?)>/g;

/** Null for a cascade whose elements are all closed in order. */
export function cascadeProblem(text: string): string | null {
  const elements = text.replaceAll(ASIDES, '');
  if (!elements.trimStart().startsWith(`<${ROOT}>`)) return 'is not a file of OpenCV (no <opencv_storage>)';
  if (!CASCADE.test(elements)) return 'holds no cascade of the kind opencv-cascade-classifier';
  return isClosed(elements) ? null : 'is damaged or cut off';
}

function isClosed(elements: string): boolean {
  const open: string[] = [];
  let end = 0;
  for (const { 0: tag, 1: closes, 2: name = '', 3: isEmpty, index } of elements.matchAll(TAG)) {
    if (/[<>]/.test(elements.slice(end, index))) return false;
    end = index + tag.length;
    if (closes === '') {
      if (isEmpty === '') open.push(name);
    } else if (open.pop() !== name) return false;
  }
  return open.length === 0 && elements.slice(end).trim() === '';
}
