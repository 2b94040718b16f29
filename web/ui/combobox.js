/** Keys of a list under a box: arrows move the `chosen` one (a signal) of `count`, Enter calls `take(chosen)`. Answers whether it was one. */
export function chooseByKeys(event, chosen, count, take) {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 0 }[event.key];
  if (step === undefined) return false;
  event.preventDefault();
  if (step && count) chosen.value = (chosen.peek() + step + count) % count;
  else if (count) take(chosen.peek());
  return true;
}
