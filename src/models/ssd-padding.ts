// Mends the published graph of OpenCV's SSD, whose last two shrinking layers pad where the net was trained without.

/**
 * With the published padding the grid of the largest faces has too many cells: a face wider than half the picture gets
 * copies that are shifted by a third of it. Throws when the text is not that graph.
 */
export function withoutSsdPadding(graph: string): string {
  return PADDED_BY_MISTAKE.reduce((text, layer) => {
    // The padding stands behind the name, before the next node begins.
    const mended = text.replace(
      new RegExp(`(name: "${layer}/Conv2D"\n(?:(?!^node)[^])*?key: "padding"\\s+value \\{\\s+s: )"SAME"`, 'm'),
      '$1"VALID"',
    );
    if (mended === text) throw new Error(`the graph has no layer ${layer} with the padding SAME`);
    return mended;
  }, graph);
}

const PADDED_BY_MISTAKE = ['conv8_2_h', 'conv9_2_h'];
