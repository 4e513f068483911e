// Writes the models of `packages/protocol/models`: the shapes that the AWS SDK's clients export, with the constraints of
// AWS's API reference that those leave out; and the catalogue of `packages/catalogue`. Run it after a new version of the
// SDK or of the catalogue's source (`npm run generate`) and read the difference.

import { readFileSync, writeFileSync } from 'node:fs'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { NormalizedSchema } from '@smithy/core/schema'
import { writeCatalogue } from '../packages/catalogue/scripts/generate.ts'
import type {
  Constraints,
  ErrorDocument,
  MemberDocument,
  ModelDocument,
  OperationDocument,
  ShapeDocument,
} from '../packages/protocol/src/model/document.ts'

const PROTOCOL = new URL('../packages/protocol/', import.meta.url)

/** What the SDK's schemas do not say of a service. */
type Source = {
  readonly client: Readonly<Record<string, unknown>>
  readonly version: string
}

const SOURCES = {
  iam: { client: iam, version: '2010-05-08' },
  sts: { client: sts, version: '2011-06-15' },
} satisfies Record<string, Source>

/** The services that have a model. */
export const SERVICES = Object.keys(SOURCES) as readonly (keyof typeof SOURCES)[]

/** The file of a service's model. */
export function modelFile(service: keyof typeof SOURCES): URL {
  return new URL(`models/${service}.json`, PROTOCOL)
}

// A schema of the SDK as it is exported: [kind, namespace, name, traits, …]. What a structure adds ends with the number of
// its members, from the first, that are required.
type StaticSchema = readonly [kind: number, namespace: string, name: string, ...rest: unknown[]]
const OPERATION = 9
const ERROR = -3
const REQUIRED_COUNT = 6

/** `constraints/*.json`, explained in the README beside them. */
type ConstraintsFile = {
  readonly shapes: Readonly<Record<string, ConstrainedShape>>
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>
}

type ConstrainedShape = Constraints & {
  readonly type: 'string' | 'integer' | 'boolean' | 'list'
  readonly member?: string
  readonly sensitive?: true
}

/** The model of a service, as it should lie in the tree. */
export function generateModel(service: keyof typeof SOURCES): ModelDocument {
  const { client, version } = SOURCES[service]
  const schemas = Object.values<unknown>(client).filter(isStaticSchema)
  const constraints = readConstraints(service)
  const shapes = new Map<string, ShapeDocument>()

  const operations = schemas
    .filter(([kind]) => kind === OPERATION)
    .map(([, , name, , input, output]): [string, OperationDocument] => [
      name,
      { ...named('input', input), ...named('output', output) },
    ])

  const errors = schemas
    .filter(([kind, namespace]) => kind === ERROR && !namespace.includes('synthetic'))
    .map((schema): [string, ErrorDocument] => [schema[2], errorDocument(schema)])

  return {
    service,
    signingName: service,
    version,
    xmlNamespace: `https://${service}.amazonaws.com/doc/${version}/`,
    operations: sorted(operations),
    shapes: sorted(shapes),
    errors: sorted(errors),
  }

  /** An operation's input or output, nothing if it is Smithy's Unit. */
  function named(part: 'input' | 'output', ref: unknown) {
    const schema = normalized(ref)
    return schema.isUnitSchema() ? {} : { [part]: addShape(schema) }
  }

  /** Adds a shape with all that it refers to, and answers its name. */
  function addShape(schema: NormalizedSchema, constrained?: string): string {
    const name = constrained ?? shapeName(schema)
    if (shapes.has(name)) return name
    // A place holder, so that a shape which refers to itself comes to an end.
    shapes.set(name, { type: 'boolean' })
    shapes.set(name, shapeDocument(schema, name))
    return name
  }

  function shapeDocument(schema: NormalizedSchema, name: string): ShapeDocument {
    const { type, member, ...figures }: Partial<ConstrainedShape> = constraints.shapes[name] ?? {}
    if (schema.isStructSchema()) return { type: 'structure', members: members(schema) }
    if (schema.isListSchema()) {
      return {
        type: 'list',
        member: addShape(schema.getValueSchema(), memberName(member)),
        ...figures,
      }
    }
    if (schema.isMapSchema()) {
      return {
        type: 'map',
        key: addShape(schema.getKeySchema()),
        value: addShape(schema.getValueSchema()),
      }
    }
    const scalar = scalarType(schema)
    if (type !== undefined && type !== scalar) {
      throw new Error(
        `${name} is ${scalar} in the SDK, but ${type} in the constraints of ${service}`,
      )
    }
    const sensitive = Boolean(schema.getMergedTraits().sensitive) || figures.sensitive
    return { type: scalar, ...figures, ...(sensitive ? { sensitive } : {}) }
  }

  /** In the order of AWS's API model, which is that of its validation errors; then those it does not know yet. */
  function members(schema: NormalizedSchema): Readonly<Record<string, MemberDocument>> {
    const raw = schema.getSchema() as StaticSchema
    const names = raw[4] as readonly string[]
    const required = new Set(names.slice(0, (raw[REQUIRED_COUNT] as number | undefined) ?? 0))
    const constrained = constraints.members[raw[2]] ?? {}
    const order = [...new Set([...Object.keys(constrained), ...names])].filter(name =>
      names.includes(name),
    )
    return Object.fromEntries(
      order.map(name => [
        name,
        {
          shape: addShape(schema.getMemberSchema(name), memberName(constrained[name])),
          ...(required.has(name) ? { required: true as const } : {}),
        },
      ]),
    )
  }

  /** A constrained name, but for structures, which have no constraints and are named by the SDK. */
  function memberName(name: string | undefined): string | undefined {
    return name !== undefined && name in constraints.shapes ? name : undefined
  }
}

function shapeName(schema: NormalizedSchema): string {
  const raw = unwrapped(schema)
  if (isStaticSchema(raw)) return raw[2]
  if (schema.isListSchema()) return `listOf${capital(shapeName(schema.getValueSchema()))}`
  if (schema.isMapSchema()) return `mapOf${capital(shapeName(schema.getValueSchema()))}`
  return scalarType(schema)
}

/** The schema behind a member; a named scalar keeps its name, which `getSchema` would lose. */
function unwrapped(schema: NormalizedSchema): unknown {
  return (schema as unknown as { readonly schema: unknown }).schema
}

function scalarType(schema: NormalizedSchema) {
  if (schema.isStringSchema()) return 'string'
  if (schema.isNumericSchema()) return 'integer'
  if (schema.isBooleanSchema()) return 'boolean'
  if (schema.isTimestampSchema()) return 'timestamp'
  if (schema.isBlobSchema()) return 'blob'
  throw new Error(`${schema.getName() ?? 'a shape'} is of a kind that no query protocol carries`)
}

function errorDocument(schema: StaticSchema): ErrorDocument {
  const { awsQueryError, httpError } = normalized(schema).getMergedTraits() as {
    readonly awsQueryError?: readonly [code: string, status: number]
    readonly httpError: number
  }
  const [code, status] = awsQueryError ?? [schema[2], httpError]
  return { code, status }
}

function normalized(ref: unknown): NormalizedSchema {
  return NormalizedSchema.of(ref as Parameters<typeof NormalizedSchema.of>[0])
}

function isStaticSchema(value: unknown): value is StaticSchema {
  return Array.isArray(value) && value.length >= 5 && typeof value[2] === 'string'
}

function readConstraints(service: string): ConstraintsFile {
  const text = readFileSync(new URL(`constraints/${service}.json`, PROTOCOL), 'utf8')
  return JSON.parse(text) as ConstraintsFile
}

function sorted<T>(entries: Iterable<[string, T]>): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The text of a model's file. */
export function printModel(model: ModelDocument): string {
  return `${JSON.stringify(model, null, 1)}\n`
}

if (import.meta.main) {
  for (const service of SERVICES)
    writeFileSync(modelFile(service), printModel(generateModel(service)))
  await writeCatalogue()
}
