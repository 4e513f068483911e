// What is known of a request so far: filled in on its way along the spine, read by the record that it leaves.
import type { Input, Model, Operation, Service } from '@twinlock/protocol'
import type { Authenticated } from '../authentication/authenticate.ts'
import type { Browser } from '../services/context.ts'

/** What of the connection an operation may know. */
export type Connection = { readonly sourceIp: string; readonly secureTransport: boolean }

export type Progress = {
  readonly requestId: string
  readonly now: Date
  readonly userAgent: string | undefined
  readonly connection: Connection
  service?: Service
  /** Of a service that Twinlock offers. */
  model?: Model
  /** As the client spelled it. */
  operationName?: string
  operation?: Operation
  authenticated?: Authenticated
  /** Of a request that came with a browser's cookie. */
  browser?: Browser
  input?: Input
  readOnly?: boolean
}
