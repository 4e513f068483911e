// The models as they lie in `models/*.json`: what `scripts/generate.ts` writes and `model.ts` reads.

/** Figures of AWS's API reference; a member that breaks one is refused with ValidationError. */
export type Constraints = {
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
}

type Secrecy = { readonly sensitive?: true }

/** One shape, its references to other shapes by name. */
export type ShapeDocument =
  | ({ readonly type: 'string' | 'integer' } & Constraints & Secrecy)
  | ({ readonly type: 'blob' } & Secrecy)
  | { readonly type: 'boolean' | 'document' | 'timestamp' }
  | { readonly type: 'list'; readonly member: string; readonly min?: number; readonly max?: number }
  | { readonly type: 'map'; readonly key: string; readonly value: string }
  | { readonly type: 'structure'; readonly members: Readonly<Record<string, MemberDocument>> }

/** A member of a structure. */
export type MemberDocument = { readonly shape: string; readonly required?: true }

/** The names of an operation's input and output structures; absent where the operation has none. */
export type OperationDocument = { readonly input?: string; readonly output?: string }

/** A modelled error: its code on the wire and its HTTP status. */
export type ErrorDocument = { readonly code: string; readonly status: number }

/** A whole service. */
export type ModelDocument = {
  readonly service: string
  readonly signingName: string
  readonly version: string
  readonly xmlNamespace: string
  readonly operations: Readonly<Record<string, OperationDocument>>
  readonly shapes: Readonly<Record<string, ShapeDocument>>
  readonly errors: Readonly<Record<string, ErrorDocument>>
}
