import type {Duration, Time} from '../engine/time.ts'

/** An instant as a clock shows it, as fine as `grain` asks for: 12:04, 1:02:04, 0:07.250. */
export function clockText(time: Time, grain: Duration = 1_000_000): string {
  const digits = grain >= 1_000_000 ? 0 : grain >= 1_000 ? 3 : 6
  const unit = 10 ** (6 - digits)
  const units = Math.floor(time / unit)
  const perSecond = 10 ** digits
  const seconds = Math.floor(units / perSecond)
  const fraction = digits === 0 ? '' : `.${String(units % perSecond).padStart(digits, '0')}`
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}${fraction}` : `${m}:${two(s)}${fraction}`
}
