// Spreads a flood over turns of the event loop, in order, so that observations and live messages do not wait for its end.
import { setImmediate } from 'node:timers';

/** A guess: what ten messages cost, about a millisecond on a Pi, delays no observation that comes some ten times a second. */
const TASKS_PER_TURN = 10;

/** Runs what it is given: at once while it is little, else a few with each turn. */
export function inTurns(): (task: () => void) => void {
  const waiting: (() => void)[] = [];
  let left = TASKS_PER_TURN;
  let isTurnDue = false;
  const ask = () => {
    if (isTurnDue) return;
    isTurnDue = true;
    setImmediate(turn);
  };
  const turn = () => {
    isTurnDue = false;
    const tasks = waiting.splice(0, TASKS_PER_TURN);
    left = TASKS_PER_TURN - tasks.length;
    if (tasks.length > 0) ask();
    for (const task of tasks) task();
  };
  return (task) => {
    ask();
    if (left === 0 || waiting.length > 0) {
      waiting.push(task);
      return;
    }
    left -= 1;
    task();
  };
}
