// Puts nets in the place of the names by which packs refer to them, and finds what is wrong with names and references.
import type { AgeHead, ClassifierSpec, NetSpec } from './net-schema.ts';
import type { PackSpec, WrittenPack } from './pack-schema.ts';
import type { Problem } from './problems.ts';

/** `taken` are the names of packs, and of nets that are described elsewhere: all are asked for in the same place. */
export function netProblems(nets: readonly NetSpec[], taken: readonly string[]): readonly Problem[] {
  const names = nets.map(({ name }) => name);
  return nets.flatMap((net, i): Problem[] => [
    ...(names.indexOf(net.name) === i ? [] : [{ path: ['nets', i, 'name'], message: `${net.name} is there twice` }]),
    ...(taken.includes(net.name)
      ? [{ path: ['nets', i, 'name'], message: `${net.name} is the name of another net or of a pack, choose another` }]
      : []),
    ...outputsRead(net)
      .filter((output) => 'outputs' in net.source && !(output in net.source.outputs))
      .map((output) => ({ path: ['nets', i, 'source', 'outputs'], message: `${output} is read but not kept` })),
  ]);
}

/** The pack is null where it names a net that is not there or unfit, which the problems tell; paths begin at the pack. */
export function resolvePack(
  name: string,
  written: WrittenPack,
  nets: readonly NetSpec[],
): Readonly<{ pack: PackSpec | null; problems: readonly Problem[] }> {
  const detector = nets.filter((net) => net.role === 'detector').find((net) => net.name === written.detector) ?? null;
  const known = nets.filter((net) => net.role === 'classifier');
  const asked = written.classifiers.map((one) => ({ ...one, spec: known.find((net) => net.name === one.net) ?? null }));
  const classifiers = asked.flatMap(({ spec: net, answers }) => (net === null ? [] : [{ net, answers }]));
  const problems: readonly Problem[] = [
    ...(detector === null ? [{ path: ['detector'], message: `${written.detector} is not a detector of nets` }] : []),
    ...asked.flatMap((one, i) => answerProblems(one).map((message) => ({ path: ['classifiers', i], message }))),
    ...mixedAges(classifiers).map((message) => ({ path: ['classifiers'], message })),
  ];
  const pack = detector === null || problems.length > 0 ? null : { ...written, name, detector, classifiers };
  return { pack, problems };
}

function outputsRead(net: NetSpec): readonly string[] {
  if (net.role === 'classifier') return [net.gender, net.age].flatMap((head) => head?.output ?? []);
  return net.decoder === 'full-range' ? Object.values(net.outputs) : [];
}

type Asked = WrittenPack['classifiers'][number] & Readonly<{ spec: ClassifierSpec | null }>;

function answerProblems({ net, spec, answers }: Asked): readonly string[] {
  if (spec === null) return [`${net} is not a classifier of nets`];
  return answers.filter((answer) => spec[answer] === null).map((answer) => `${net} does not answer ${answer}`);
}

/** Only years can be averaged with years, and classes with the same classes. */
function mixedAges(classifiers: PackSpec['classifiers']): readonly string[] {
  const [first, ...others] = classifiers.flatMap(({ net: { name, age }, answers }) =>
    age !== null && answers.includes('age') ? [{ name, age }] : [],
  );
  const other = others.find(({ age }) => first !== undefined && ageKind(age) !== ageKind(first.age));
  if (first === undefined || other === undefined) return [];
  const difference =
    first.age.kind === 'classes' && other.age.kind === 'classes'
      ? 'in different classes'
      : `one in ${ageWord(first.age)}, the other in ${ageWord(other.age)}`;
  return [
    `${first.name} and ${other.name} answer age ${difference}, which cannot be averaged; let one of them answer it`,
  ];
}

function ageKind(age: AgeHead): string {
  return age.kind === 'classes'
    ? JSON.stringify(age.classes.map(({ fromYears, toYears }) => [fromYears, toYears]))
    : 'years';
}

function ageWord({ kind }: AgeHead): string {
  return kind === 'classes' ? 'classes' : 'years';
}
