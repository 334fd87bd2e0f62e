/** Sealed: nobody at this machine reads it any more. */
export function LockMark() {
  return (
    <svg className="lock-mark" viewBox="0 0 64 64" aria-hidden="true">
      <rect x={14} y={28} width={36} height={28} rx={4} />
      <path d="M22 28v-8a10 10 0 0 1 20 0v8M32 38v8" />
    </svg>
  )
}
