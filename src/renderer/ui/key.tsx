import type { ReactNode } from 'react'

interface KeyProps {
  readonly id: string
  readonly onPress: () => void
  readonly wide?: boolean
  readonly pressed?: boolean
  readonly label?: string
  readonly children: ReactNode
}

export function Key({ id, onPress, wide = false, pressed, label, children }: KeyProps) {
  return (
    <button
      type="button"
      className={wide ? 'key wide' : 'key'}
      data-testid={`key-${id}`}
      aria-pressed={pressed}
      aria-label={label}
      onClick={onPress}
    >
      {children}
    </button>
  )
}
