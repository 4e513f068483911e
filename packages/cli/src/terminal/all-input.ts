// The whole of stdin, for what must not stand on the command line, where other processes can read it.
import type { Io } from '../io.ts'

export async function readInput({ stdin }: Io): Promise<string> {
  let text = ''
  for await (const chunk of stdin) text += chunk.toString()
  return text.trim()
}
