import {describe, expect, test} from 'vitest'
import {capsOf, nameOf} from '../../viz/key-name.ts'

const press = (key: string, code = '', shiftKey = false) => nameOf({key, code, shiftKey})

describe('a key that is pressed', () => {
  test('is called by the letter that is printed on it, whatever the layout', () => {
    expect(press('z', 'KeyY')).toBe('z')
    expect(press('Z', 'KeyY', true)).toBe('Z')
  })

  test('is small without shift, even with caps lock', () => {
    expect(press('D', 'KeyD')).toBe('d')
    expect(press('d', 'KeyD', true)).toBe('D')
  })

  test('is called by its place where letters are not Latin', () => {
    expect(press('в', 'KeyD')).toBe('d')
    expect(press('В', 'KeyD', true)).toBe('D')
    expect(press('ü', 'BracketLeft')).toBe('ü')
  })

  test('gives the character that it makes, with shift or without', () => {
    expect(press('?', 'Slash', true)).toBe('?')
    expect(press('+', 'BracketRight')).toBe('+')
    expect(press('1', 'Digit1', true)).toBe('1')
  })

  test('has shift in its name if it makes no character', () => {
    expect(press('ArrowLeft', 'ArrowLeft')).toBe('ArrowLeft')
    expect(press('ArrowLeft', 'ArrowLeft', true)).toBe('Shift+ArrowLeft')
  })
})

test('keys are shown as they are printed, with those that are held down', () => {
  expect(['d', 'D', ' ', 'Shift+ArrowLeft', '?'].map(capsOf)).toEqual([
    ['D'],
    ['Shift', 'D'],
    ['Space'],
    ['Shift', '←'],
    ['?'],
  ])
})
