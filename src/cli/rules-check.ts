// onlooker rules check: tells of each rule whether it can come on, with an audience that brings it on, or why it cannot.
import { hostname } from 'node:os';
import type { SeenViewer } from '../audience/audience-now.ts';
import { type Config, loadConfig } from '../config/load.ts';
import { audienceOptions } from '../daemon/component-options.ts';
import { targetingOptions } from '../daemon/measurement/targeting-options.ts';
import { GATE_MISSED, GATE_REMEDY, gateStanding } from '../daemon/minors-gate.ts';
import { packChoice } from '../daemon/nets.ts';
import { describedPack } from '../models/pack.ts';
import { checkRules, type Example, type Finding } from '../targeting/conflicts.ts';
import { clockText } from '../targeting/local-time.ts';
import { possibleAges } from '../targeting/possible-ages.ts';
import { describeWho } from '../targeting/words.ts';
import { EXIT } from './exit-code.ts';
import { counted } from './figures.ts';
import { terminal } from './terminal.ts';
import { left, type Paint, painter, type Style } from './terminal-text.ts';

type CheckOptions = Readonly<{ json?: boolean }>;

const FOUND = 1;
const STYLES: Readonly<Record<Finding['state'], Style>> = { ok: 'green', never: 'red', shadowed: 'yellow' };
const STATE_WIDTH = 10;

export function checkRulesOf(file: string, options: CheckOptions): number {
  const { config } = loadConfig(file, { hostname: hostname() });
  const { age, minors, watcherMs } = audienceOptions(config);
  const world = { ...possibleAges(age, minors), hasMinors: minors !== null, watcherMs };
  const findings = checkRules(targetingOptions(config.triggers).rules, world);
  const wrong = findings.filter(({ state }) => state !== 'ok').length;
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(findings.map(jsonOf), null, 2)}\n`
      : findings.length === 0
        ? `no rules in ${file}\n`
        : textOf(findings, wrong, painter(terminal().color)),
  );
  if (gateStanding(config, answersAge(config)).isMissed) {
    process.stderr.write(`Warning: ${GATE_MISSED}; ${GATE_REMEDY}.\n`);
  }
  return wrong > 0 ? FOUND : EXIT.ok;
}

function answersAge({ models }: Config): boolean {
  const { pack } = describedPack(packChoice(models));
  return pack.classifiers.some(({ answers }) => answers.includes('age'));
}

function textOf(findings: readonly Finding[], wrong: number, paint: Paint): string {
  const width = Math.max(0, ...findings.map(({ rule }) => rule.length)) + 2;
  const lines = findings.map((finding) => {
    const { state, rule } = finding;
    return `${left(paint(STYLES[state], state), STATE_WIDTH)}${left(rule, width)}${detailOf(finding)}\n`;
  });
  return `${lines.join('')}\n${counted(findings.length, 'rule', 'rules')}, ${wrong === 0 ? 'all can come on' : `${wrong} of them never on`}\n`;
}

function detailOf(finding: Finding): string {
  if (finding.state !== 'ok') return finding.reason;
  return finding.example === null ? 'nothing speaks against it' : `for example ${exampleText(finding.example)}`;
}

function exampleText({ present, time }: Example): string {
  const people = new Map<string, SeenViewer[]>();
  for (const viewer of present) {
    const sort = viewerText(viewer, 1);
    people.set(sort, [...(people.get(sort) ?? []), viewer]);
  }
  const groups = [...people.values()].map((group) => {
    const [first] = group;
    return first === undefined ? '' : `${group.length} ${viewerText(first, group.length)}`;
  });
  return `${groups.join(' and ')} (${time.day} ${clockText(time.minute)})`;
}

function viewerText({ viewer, attending, mayBeMinor }: SeenViewer, count: number): string {
  const { gender, age, dwellMs, attentionMs } = viewer;
  if (mayBeMinor) return `who may be under 18${attending ? ', attending' : ''}`;
  const who = {
    gender: gender?.gender ?? null,
    ageGroups: age === null ? null : [age.group],
    dwellMs: dwellMs > 0 ? dwellMs : null,
    attentionMs: attentionMs > 0 ? attentionMs : null,
    attentionRatio: null,
  };
  return `${describeWho(who, count)}${attending ? ', attending' : ''}`;
}

/** What a program may want to know, without the inner workings of a viewer. */
function jsonOf(finding: Finding): Readonly<Record<string, unknown>> {
  if (finding.state !== 'ok' || finding.example === null) return finding;
  const { present, time } = finding.example;
  const viewers = present.map(({ viewer, attending, watcher, mayBeMinor }) => ({
    gender: viewer.gender?.gender ?? null,
    ageGroup: viewer.age?.group ?? null,
    dwellMs: viewer.dwellMs,
    attentionMs: viewer.attentionMs,
    ...{ attending, watcher, mayBeMinor },
  }));
  return { ...finding, example: { present: viewers, day: time.day, time: clockText(time.minute) } };
}
