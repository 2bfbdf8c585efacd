// A worker: the model of one region, which runs what it is asked, one question after another.

import { Model } from './model.ts';
import type { Answer, Asked } from './protocol.ts';

let model: Promise<Model> | null = null;

async function answer(asked: Asked): Promise<void> {
  if (asked.kind === 'load') {
    model = Model.make(asked.lesson, asked.region, asked.kernel, asked.block);
    await model;
    return;
  }
  if (!model) throw new Error('no region was loaded');
  const runs = await model;
  if (asked.kind === 'run') {
    const values = runs.run(asked.policy, asked.seeds);
    const own = values.byteLength === values.buffer.byteLength ? values : values.slice();
    tell({ kind: 'run', ticket: asked.ticket, values: own }, [own.buffer]);
  } else {
    const history = runs.history(asked.policy, asked.seed);
    tell({ kind: 'history', ticket: asked.ticket, history });
  }
}

function tell(said: Answer, given: Transferable[] = []): void {
  self.postMessage(said, { transfer: given });
}

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  answer(data).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    tell({ kind: 'failed', ticket: data.kind === 'load' ? null : data.ticket, reason });
  });
};
