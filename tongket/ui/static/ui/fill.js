// A button with data-fill puts the numbers it carries (data-fill-NAME) into the boxes of its form; nothing else does.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  const form = button && button.closest("form");
  if (!form) return;
  for (const { name, value } of button.attributes) {
    const box = name.startsWith("data-fill-") && form.elements.namedItem(name.slice("data-fill-".length));
    if (box) box.value = value;
  }
});
