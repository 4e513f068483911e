// Sets of small numbers as bits. A principal's coverage is a few hundred unions and intersections of
// sets of thirty thousand, so they are made of machine words.

/** A set of numbers below a size that its maker knows. */
export type Bits = Uint32Array

/** The empty set of numbers below `size`. */
export function noBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5)
}

/** The set of all numbers below `size`. */
export function allBits(size: number): Bits {
  const bits = noBits(size).fill(0xffff_ffff)
  const rest = size & 31
  if (rest !== 0) bits[bits.length - 1] = (1 << rest) - 1
  return bits
}

export function addBit(bits: Bits, number: number): void {
  bits[number >>> 5] = word(bits, number >>> 5) | (1 << (number & 31))
}

/** Adds the number or takes it away. */
export function setBit(bits: Bits, number: number, value: boolean): void {
  const bit = 1 << (number & 31)
  const others = word(bits, number >>> 5) & ~bit
  bits[number >>> 5] = value ? others | bit : others
}

export function hasBit(bits: Bits, number: number): boolean {
  return (word(bits, number >>> 5) & (1 << (number & 31))) !== 0
}

/** `target` becomes the union of both. */
export function addAll(target: Bits, source: Bits): void {
  for (let at = 0; at < target.length; at++) target[at] = word(target, at) | word(source, at)
}

/** `target` keeps what `source` has too. */
export function keepAll(target: Bits, source: Bits): void {
  for (let at = 0; at < target.length; at++) target[at] = word(target, at) & word(source, at)
}

/** `target` loses what `source` has. */
export function removeAll(target: Bits, source: Bits): void {
  for (let at = 0; at < target.length; at++) target[at] = word(target, at) & ~word(source, at)
}

/** Calls `visit` with every number of the set, in order. */
export function forEachBit(bits: Bits, visit: (number: number) => void): void {
  for (let at = 0; at < bits.length; at++) {
    for (let rest = word(bits, at); rest !== 0; rest &= rest - 1) {
      visit((at << 5) + 31 - Math.clz32(rest & -rest))
    }
  }
}

function word(bits: Bits, at: number): number {
  return bits[at] ?? 0
}
