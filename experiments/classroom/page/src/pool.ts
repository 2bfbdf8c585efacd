// Several workers with one queue. Each works on one small question at a time, so that what is
// no longer wanted is dropped at once: it stays in the queue's past, not in a worker.

import type { Answer, Asked, HistoryAsked, Load, RunAsked } from './protocol.ts';
import type { History, Policy } from './types.ts';

/** Seeds that are asked for at once are in one such stretch. */
const SEEDS_TOGETHER = 4;
const ANYWHERE = -1;

export interface Job {
  ask: (ticket: number) => RunAsked | HistoryAsked;
  /** A number that is the same for the same seeds: they go to one worker, which keeps their past. */
  home: number;
  done: (answer: Answer) => void;
}

interface Hand {
  worker: Worker;
  job: Job | null;
}

export class Pool {
  private readonly hands: Hand[];
  private queue: Job[] = [];
  private ticket = 0;

  /** `failed` hears in words why a region could not be loaded, or a worker not be started. */
  constructor(
    code: string,
    readonly size: number,
    failed: (reason: string) => void,
  ) {
    const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    this.hands = Array.from({ length: size }, () => {
      const hand: Hand = { worker: new Worker(address), job: null };
      hand.worker.onerror = (event) => failed(event.message);
      hand.worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        const job = hand.job;
        if (data.ticket === null) {
          if (data.kind === 'failed') failed(data.reason);
          return;
        }
        hand.job = null;
        this.next();
        job?.done(data);
      };
      return hand;
    });
  }

  load(load: Load): void {
    for (const { worker } of this.hands) worker.postMessage(load satisfies Asked);
  }

  /** Runs of a policy, [seed][year][outcome]. */
  run(policy: Policy, seeds: number[], done: (answer: Answer) => void): void {
    const ask: Job['ask'] = (ticket) => ({ kind: 'run', ticket, policy, seeds });
    this.queue.push({ ask, home: Math.floor((seeds[0] ?? 0) / SEEDS_TOGETHER), done });
    this.next();
  }

  /** One run with its states and events; it goes before all runs that wait. */
  history(policy: Policy, seed: number): Promise<History> {
    return new Promise((resolve, reject) => {
      const job: Job = {
        ask: (ticket) => ({ kind: 'history', ticket, policy, seed }),
        home: ANYWHERE,
        done: (answer) => {
          if (answer.kind === 'history') resolve(answer.history);
          else if (answer.kind === 'failed') reject(new Error(answer.reason));
        },
      };
      this.queue.unshift(job);
      this.next();
    });
  }

  /** Runs that no worker has begun are forgotten. Histories stay. */
  drop(): void {
    this.queue = this.queue.filter((job) => job.ask(0).kind === 'history');
  }

  private next(): void {
    this.hands.forEach((hand, place) => {
      if (hand.job) return;
      // What is at home with this worker, else whatever is first: none stands idle.
      const own = this.queue.findIndex(({ home }) => home === ANYWHERE || home % this.size === place);
      const [job] = this.queue.splice(Math.max(0, own), 1);
      if (!job) return;
      hand.job = job;
      hand.worker.postMessage(job.ask(++this.ticket) satisfies Asked);
    });
  }
}
