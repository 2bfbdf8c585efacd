// The bundle of worker.ts, as text: made first, then put in by the bundler.
declare module 'worker-code' {
  const code: string;
  export default code;
}
