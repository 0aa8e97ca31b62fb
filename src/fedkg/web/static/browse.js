// Where there is room beside the table, the groups that matter most stand open from the start.
if (window.matchMedia("(min-width: 62rem)").matches) {
  for (const group of document.querySelectorAll("details[data-open-wide]")) group.open = true;
}
