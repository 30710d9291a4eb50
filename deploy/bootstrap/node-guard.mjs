// Tells whether this Node is new enough, in syntax that an old one understands.

/**
 * @param {string} version as in `process.version`
 * @returns {string | null} what is wrong and what to do, in one line
 */
export function unsupportedNode(version) {
  var numbers = /^v?(\d+)\.(\d+)/.exec(version) || ['', '0', '0'];
  var isNewEnough = Number(numbers[1]) + Number(numbers[2]) / 1000 >= 20.019;
  if (isNewEnough) return null;
  return `Onlooker needs Node 20.19 or newer and this is ${version}: install a newer one with its npm (Debian 13: sudo apt-get install nodejs npm; Debian 12 has only Node 18: take the binary from nodejs.org).`;
}
