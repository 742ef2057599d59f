import type { PlanItem, ToolUse } from '#libs/contracts';
import { oneLine } from './text.js';

const ITEMS_MAX = 100;
/** Tools that report one task at a time and not the whole list. */
const ONE_AT_A_TIME = /^Task_?(?:Create|Update)/i;
/** Where the agent numbers its tasks, an item starts with the number; an update may hold nothing else. */
const NUMBERED = /^#(\S+)\s*(.*)$/;

interface Task extends PlanItem {
  number: string | undefined;
}

function taskOf(item: PlanItem): Task {
  const [, number, text] = NUMBERED.exec(oneLine(item.text)) ?? [];
  return { number, text: number === undefined ? oneLine(item.text) : text ?? '', status: item.status };
}

/** The agent's own plan as it last stood. */
export class Plan {
  #tasks: Task[] = [];

  /** Where the plan was last reported. */
  place = 0;

  add(tool: ToolUse, place: number): void {
    if (tool.plan === undefined || tool.outcome === 'error') return;
    this.place = place;
    const tasks = tool.plan.map(taskOf);
    if (ONE_AT_A_TIME.test(tool.name)) for (const task of tasks) this.#merge(task);
    else this.#tasks = tasks.slice(0, ITEMS_MAX);
  }

  /** What is not completed: what is in progress first, then the rest in the plan's order. */
  get open(): PlanItem[] {
    const named = this.#tasks.filter((task) => task.text !== '');
    return [...named.filter((task) => task.status === 'in-progress'), ...named.filter((task) => task.status === 'pending')];
  }

  #merge(task: Task): void {
    const known = this.#tasks.find((other) => (task.number === undefined ? other.text === task.text : other.number === task.number));
    if (known === undefined) {
      if (this.#tasks.length < ITEMS_MAX) this.#tasks.push(task);
      return;
    }
    known.status = task.status;
    if (task.text !== '') known.text = task.text;
  }
}
