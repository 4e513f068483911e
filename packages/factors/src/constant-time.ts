// Comparison of secrets whose duration does not tell where they differ.
import { timingSafeEqual } from 'node:crypto'

/** Whether both texts are the same. Only a difference in length shows in the time taken. */
export function equalInConstantTime(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
