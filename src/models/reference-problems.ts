// Finds what is wrong with how nets and packs refer to each other, and with packs that mix what cannot be mixed.
import type { AgeHead, NetSpec } from './net-schema.ts';
import type { PackSpec } from './pack-schema.ts';

export type Problem = readonly [path: readonly (string | number)[], message: string];

/** `known` are nets that are described elsewhere, whose names are taken. */
export function netProblems(nets: readonly NetSpec[], known: readonly NetSpec[] = []): readonly Problem[] {
  const names = nets.map(({ name }) => name);
  return nets.flatMap((net, i): Problem[] => [
    ...(names.indexOf(net.name) === i ? [] : [[['nets', i, 'name'], `${net.name} is there twice`] as const]),
    ...(known.some(({ name }) => name === net.name)
      ? [[['nets', i, 'name'], `${net.name} is the name of a net that comes with the program, choose another`] as const]
      : []),
    ...outputsRead(net)
      .filter((output) => 'outputs' in net.source && !(output in net.source.outputs))
      .map((output) => [['nets', i, 'source', 'outputs'], `${output} is read but not kept`] as const),
  ]);
}

/** Paths begin at the pack. */
export function packProblems({ detector, classifiers }: PackSpec, nets: readonly NetSpec[]): readonly Problem[] {
  const named = (name: string) => nets.find((net) => net.name === name);
  const answering = classifiers.flatMap(({ net, answers }, i): Problem[] =>
    answerProblems(named(net), net, answers).map((message) => [['classifiers', i], message]),
  );
  const ages = classifiers.flatMap(({ net: name, answers }) => {
    const net = named(name);
    return net?.role === 'classifier' && net.age !== null && answers.includes('age') ? [{ name, age: net.age }] : [];
  });
  return [
    ...(named(detector)?.role === 'detector' ? [] : [[['detector'], `${detector} is not a detector of nets`] as const]),
    ...answering,
    ...mixedAges(ages).map((message) => [['classifiers'], message] as const),
  ];
}

function outputsRead(net: NetSpec): readonly string[] {
  if (net.role === 'classifier') return [net.gender, net.age].flatMap((head) => head?.output ?? []);
  return net.decoder === 'full-range' ? Object.values(net.outputs) : [];
}

function answerProblems(net: NetSpec | undefined, name: string, answers: readonly ('age' | 'gender')[]): string[] {
  if (net?.role !== 'classifier') return [`${name} is not a classifier of nets`];
  return answers.filter((answer) => net[answer] === null).map((answer) => `${name} does not answer ${answer}`);
}

/** Only years can be averaged with years, and classes with the same classes. */
function mixedAges(ages: readonly Readonly<{ name: string; age: AgeHead }>[]): readonly string[] {
  const [first, ...others] = ages;
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
