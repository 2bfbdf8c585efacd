// What lies in the page itself: the lesson, the kernel, and tables of each region.

import type { Lesson } from './types.ts';

function textOf(id: string): string {
  const text = document.getElementById(id)?.textContent;
  if (!text) throw new Error(`#${id} is empty`);
  return text;
}

function bytesOf(id: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(textOf(id).trim()), (letter) => letter.charCodeAt(0));
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).arrayBuffer();
}

export function lessonHere(): Lesson {
  return JSON.parse(textOf('lesson')) as Lesson;
}

export async function kernelHere(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await inflated(bytesOf('kernel')));
}

/** The tables of a region, deflated as they are. */
export function blockHere(lesson: Lesson, region: number): Uint8Array {
  return bytesOf(lesson.regions[region]?.block ?? '');
}
