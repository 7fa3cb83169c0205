/** Lets an element take dropped files; `take` gets the list. */
export function onDrop(element, take) {
  const over = isOver => event => {
    event.preventDefault();
    element.classList.toggle('over', isOver);
  };
  element.addEventListener('dragover', over(true));
  element.addEventListener('dragleave', over(false));
  element.addEventListener('drop', event => {
    over(false)(event);
    take(event.dataTransfer.files);
  });
}
