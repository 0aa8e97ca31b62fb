// Offers things while somebody types, as a combobox with a list (WAI-ARIA Authoring Practices).
// Without this script the form is sent as it is.
const PATIENCE = 150; // milliseconds between the last key and the question

function option(found, id) {
  const item = document.createElement("li");
  item.role = "none"; // the link is the option: one that held a link would be a control in a control
  const link = document.createElement("a");
  link.id = id;
  link.role = "option";
  link.href = found.href;
  link.tabIndex = -1;
  const name = document.createElement("bdi");
  name.textContent = found.name;
  const kind = document.createElement("span");
  kind.className = "small";
  kind.textContent = ` ${found.kind}`;
  link.append(name, kind);
  item.append(link);
  return item;
}

function offer(form) {
  const field = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.id = `${field.id}-offered`;
  list.className = "offered";
  list.role = "listbox";
  list.setAttribute("aria-label", "Found so far");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
    ["aria-expanded", "false"], ["aria-controls", list.id], ["autocomplete", "off"]]) {
    field.setAttribute(name, value);
  }
  let waiting, asked, at = -1;

  function close() {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(next) {
    const items = list.querySelectorAll("a");
    items[at]?.removeAttribute("aria-selected");
    at = (next + items.length) % items.length;
    items[at].setAttribute("aria-selected", "true");
    items[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", items[at].id);
  }

  async function ask() {
    asked?.abort();
    const words = field.value.trim();
    if (words.length < 2) return close();
    asked = new AbortController();
    let found;
    try {
      const address = `${form.dataset.suggest}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return close();
      found = await answer.json();
    } catch {
      return close(); // aborted by the next key, or no server: the form still works
    }
    close();
    if (!found.length || document.activeElement !== field) return undefined;
    list.replaceChildren(...found.map((one, number) => option(one, `${list.id}-${number}`)));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    return undefined;
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return; // keys that compose Chinese, say, choose letters
    if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at < 0 ? -1 : at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) list.querySelectorAll("a")[at].click();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", (event) => {
    if (!list.contains(event.relatedTarget)) setTimeout(close, PATIENCE); // a click comes first
  });
}

for (const form of document.querySelectorAll("form[data-suggest]")) offer(form);
