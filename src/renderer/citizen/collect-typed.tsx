import type { ScreenProps } from '../screen-of.ts'
import { TypedPage } from '../ui/typed-page.tsx'
import { Given } from './given.tsx'

export function CollectTyped({ screen }: ScreenProps<'collectTyped'>) {
  return (
    <TypedPage input={screen.input} problem={screen.problem}>
      <Given given={screen} />
    </TypedPage>
  )
}
