import type { Display } from '../../contract/display.ts'
import type { Language } from '../../contract/roles.ts'

/** How the person who is here wants to be spoken to and shown things. Says nothing about who they are. */
export interface Choices {
  readonly language: Language
  readonly display: Display
}

/** Where they outlive a crash of core, and nothing else. */
export interface ChoicesMark {
  /** Of the person who stood here when core ended; undefined when nobody chose, or nobody can be here any more. */
  readonly last: Choices | undefined
  note(choices: Choices): void
  /** The person has gone. */
  clear(): void
}
