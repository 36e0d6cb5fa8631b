// A button that prints the page: what is printed, the stylesheet says.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
