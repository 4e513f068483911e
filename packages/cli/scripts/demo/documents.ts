// Policy documents: those that are files, and those that are short.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { POLICIES } from './company.ts'

/** A version of a customer managed policy. */
export const readDocument = (name: keyof typeof POLICIES, version: 1 | 2): string =>
  readFileSync(join(import.meta.dirname, `policies/${name}.v${version}.json`), 'utf8')

/** A document of one statement. */
export const documentOf = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2)

/** It allows these actions, on everything. */
export const allowing = (Action: readonly string[]): string =>
  documentOf({ Effect: 'Allow', Action, Resource: '*' })
