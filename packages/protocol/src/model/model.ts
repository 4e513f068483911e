// A service's model: its operations, and their shapes with references resolved when they are first followed. Opening one
// is parsing one JSON file; what no request asks for is never looked at.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Constraints, ErrorDocument, ModelDocument, ShapeDocument } from './document.ts'

/** A string or an integer, with the figures that it must keep to. */
export type Constrained = {
  readonly type: 'string' | 'integer'
  readonly sensitive: boolean
} & Constraints

/** Values without figures. A document is any JSON; no awsQuery service has one. */
export type Plain = { readonly type: 'blob' | 'boolean' | 'document' | 'timestamp' }

/** A list, sent as `Name.member.N` and answered as `<member>` elements. */
export type List = {
  readonly type: 'list'
  readonly min?: number
  readonly max?: number
  readonly member: Shape
}

/** A map, in entries of a key and a value. */
export type AwsMap = { readonly type: 'map'; readonly key: Shape; readonly value: Shape }

/** A structure, its members in the order of AWS's API model. */
export type Structure = {
  readonly type: 'structure'
  readonly name: string
  readonly members: readonly Member[]
}

/** A member of a structure. */
export type Member = { readonly name: string; readonly required: boolean; readonly shape: Shape }

/** What a value may be. The same shape is the same object wherever it is referred to. */
export type Shape = Constrained | Plain | List | AwsMap | Structure

/** An operation; `output` is absent where AWS answers without a result element. */
export type Operation = {
  readonly name: string
  readonly model: Model
  readonly input: Structure | undefined
  readonly output: Structure | undefined
}

/** A service as AWS publishes it. */
export type Model = {
  /** `iam`, `sts`: as in the names of its actions. */
  readonly service: string
  /** The service of a signature's credential scope. */
  readonly signingName: string
  /** The `Version` parameter of its requests. */
  readonly version: string
  readonly xmlNamespace: string
  readonly operationNames: readonly string[]
  /** Modelled errors by the name of their shape. */
  readonly errors: Readonly<Record<string, ErrorDocument>>
  /** The operation of that name, spelled exactly so. */
  readonly findOperation: (name: string) => Operation | undefined
}

/** The services that have a model. */
export type ServiceName = 'iam' | 'sts'

const opened = new Map<ServiceName, Model>()

/** The model of a service; read from its file at the first call. */
export function modelOf(service: ServiceName): Model {
  const model = opened.get(service) ?? openModel(readDocument(service))
  opened.set(service, model)
  return model
}

function readDocument(service: ServiceName): ModelDocument {
  const file = new URL(`../../models/${service}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as ModelDocument
}

/** A model over a document that is read as far as it is used. */
export function openModel(document: ModelDocument): Model {
  const shapes = new Map<string, Shape>()
  const operations = new Map<string, Operation>()
  const { service, signingName, version, xmlNamespace, errors } = document

  const model: Model = {
    service,
    signingName,
    version,
    xmlNamespace,
    errors,
    operationNames: Object.keys(document.operations),
    findOperation(name) {
      const known = operations.get(name)
      if (known !== undefined || !Object.hasOwn(document.operations, name)) return known
      const { input, output } = document.operations[name] ?? {}
      const operation = {
        name,
        model,
        input: input === undefined ? undefined : structure(input),
        output: output === undefined ? undefined : structure(output),
      }
      operations.set(name, operation)
      return operation
    },
  }
  return model

  function structure(name: string): Structure {
    const shape = resolve(name)
    assert(shape.type === 'structure', `${name} must be a structure`)
    return shape
  }

  function resolve(name: string): Shape {
    const known = shapes.get(name)
    if (known !== undefined) return known
    const found = document.shapes[name]
    assert(found !== undefined, `the model of ${service} lacks the shape ${name}`)
    const shape = open(name, found)
    shapes.set(name, shape)
    return shape
  }

  function open(name: string, found: ShapeDocument): Shape {
    switch (found.type) {
      case 'string':
      case 'integer':
        return { ...found, sensitive: found.sensitive ?? false }
      case 'blob':
      case 'boolean':
      case 'document':
      case 'timestamp':
        return { type: found.type }
      case 'list': {
        const { member, ...figures } = found
        return lazily(figures, { member: () => resolve(member) })
      }
      case 'map':
        return lazily(
          { type: found.type },
          { key: () => resolve(found.key), value: () => resolve(found.value) },
        )
      case 'structure':
        return lazily({ type: found.type, name }, { members: () => openMembers(found) })
      default:
        return found satisfies never
    }
  }

  function openMembers({ members }: ShapeDocument & { type: 'structure' }): readonly Member[] {
    return Object.entries(members).map(([name, { shape, required = false }]) =>
      lazily({ name, required }, { shape: () => resolve(shape) }),
    )
  }
}

/** `known` with the further properties of `later`, each made when it is first read. */
function lazily<Known extends object, Later extends Record<string, () => unknown>>(
  known: Known,
  later: Later,
): Known & { readonly [K in keyof Later]: ReturnType<Later[K]> } {
  const properties = Object.entries(later).map(
    ([name, make]) => [name, memoized(name, make)] as const,
  )
  return Object.defineProperties({ ...known }, Object.fromEntries(properties)) as Known & {
    readonly [K in keyof Later]: ReturnType<Later[K]>
  }
}

function memoized(name: string, make: () => unknown): PropertyDescriptor {
  return {
    enumerable: true,
    configurable: true,
    get(this: object) {
      const value = make()
      Object.defineProperty(this, name, { value, enumerable: true })
      return value
    },
  }
}
