export const shortestPassword = 10
export const longestPassword = 200

/** Why a new password is not taken; undefined when it is. Length is what counts against guessing. */
export function passwordFlaw(password: string, userName: string): string | undefined {
  const length = [...password].length
  if (length < shortestPassword) return `mật khẩu mới cần ít nhất ${shortestPassword} ký tự`
  if (length > longestPassword) return `mật khẩu mới dài quá ${longestPassword} ký tự`
  if (password.toLowerCase().includes(userName)) return 'mật khẩu mới không được chứa tên đăng nhập'
  if (new Set(password).size < 4) return 'mật khẩu mới cần nhiều ký tự khác nhau hơn'
  return undefined
}
