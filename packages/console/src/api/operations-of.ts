// What a service's operations take and answer, read off the AWS SDK's own types: nothing is listed here, nothing of the SDK is loaded.

/** Every operation of the SDK's module by its wire name: `OperationsOf<typeof import('@aws-sdk/client-iam')>['ListUsers']`. */
export type OperationsOf<Sdk> = {
  readonly [
    Name in keyof Sdk as Name extends `${infer Operation}Command` ? Exclude<Operation, '$'> : never
  ]: Sdk[Name] extends new (...input: never[]) => infer Command
    ? { readonly input: InputOf<Command>; readonly output: OutputOf<Command> }
    : never
}

type InputOf<Command> = Command extends { readonly input: infer Input } ? Input : never

type OutputOf<Command> = Command extends {
  resolveMiddleware: (...args: never[]) => (...args: never[]) => Promise<{ output: infer Output }>
}
  ? Omit<Output, '$metadata'>
  : never

/** Operations by name, as `OperationsOf` makes them and as our own services are described. */
export type Operations = Readonly<
  Record<string, { readonly input: unknown; readonly output: unknown }>
>

/** The members of an answer that are lists. */
export type ListIn<Output> = {
  [Member in keyof Output]-?: NonNullable<Output[Member]> extends readonly unknown[]
    ? Member
    : never
}[keyof Output]

export type ItemOf<Output, List extends keyof Output> =
  NonNullable<Output[List]> extends readonly (infer Item)[] ? Item : never
