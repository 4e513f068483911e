// What the linter asks of a catalogue of AWS's actions, resources and condition keys. Without one
// it knows the actions that MFA is about, and the keys of IAM, STS and every request.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html

/** The catalogue of `@twinlock/catalogue` is one; so is any object that answers these questions. */
export type LintCatalogue = {
  /** Lower-case prefixes. */
  readonly services: readonly string[]
  /** Names without the prefix, as documented. */
  readonly actionsOf: (service: string) => readonly string[]
  /** `iam:createuser`, in any letter case. */
  readonly findAction: (action: string) => CataloguedAction | undefined
  /** In any letter case; a tag's key by its prefix (`aws:RequestTag/team`). */
  readonly findConditionKey: (key: string) => CataloguedKey | undefined
}

export type CataloguedAction = {
  readonly name: string
  /** None: the action is evaluated against `*` only. */
  readonly resourceTypes: readonly {
    readonly type: { readonly arnPattern: string }
    /** Whether a request always has such a resource; taken to be so where nobody says. */
    readonly required?: boolean
  }[]
}

export type CataloguedKey = { readonly name: string; readonly type: string }
