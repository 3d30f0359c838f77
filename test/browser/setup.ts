import {browser} from './chromium.ts'

/** Once for all tests in a browser, before the first of them: two that install one at the same time would be in each other's way. */
export default function setup(): void {
  browser()
}
