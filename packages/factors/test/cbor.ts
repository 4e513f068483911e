// CBOR as far as authenticators write it (RFC 8949 §3, CTAP2's canonical lengths): integers, bytes, text, arrays and maps.

/** A value that can be written. Maps keep their order. */
export type Cbor =
  | number
  | string
  | Uint8Array
  | readonly Cbor[]
  | ReadonlyMap<number | string, Cbor>

/** The value in bytes. */
export function encodeCbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([head(3, text.length), text])
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, item]) => [encodeCbor(key), encodeCbor(item)])
    return Buffer.concat([head(5, value.size), ...entries])
  }
  const items = [...(value as readonly Cbor[])]
  return Buffer.concat([head(4, items.length), ...items.map(encodeCbor)])
}

function head(majorType: number, argument: number) {
  const type = majorType << 5
  if (argument < 24) return Buffer.of(type | argument)
  if (argument < 2 ** 8) return Buffer.of(type | 24, argument)
  const [size, length] = argument < 2 ** 16 ? [25, 2] : [26, 4]
  const bytes = Buffer.alloc(1 + length, type | size)
  bytes.writeUIntBE(argument, 1, length)
  return bytes
}
