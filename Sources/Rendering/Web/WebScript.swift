/// What the page does beside being read: it tells its language to the browser, finds departments, and
/// sorts their tables. Without a script all of it can be read all the same.
enum WebScript {
  static let text: StaticString = """
    'use strict';
    (function () {
      document.querySelectorAll('input[name=l]').forEach(function (choice) {
        choice.addEventListener('change', function () {
          document.documentElement.lang = choice.dataset.lang;
        });
      });
      function shown(cell) { return cell ? cell.innerText.trim() : ''; }
      function number(cell) {
        var text = shown(cell).replace(/,/g, '');
        var found = text.match(/[0-9]+([.][0-9]+)?/);
        if (!found) { return NaN; }
        return /^(-|▼)/.test(text) ? -found[0] : +found[0];
      }
      document.querySelectorAll('table.d').forEach(function (table) {
        var body = table.tBodies[0];
        var heads = Array.from(table.tHead.rows[0].cells);
        heads.forEach(function (head, column) {
          head.querySelector('button').addEventListener('click', function () {
            var up = head.getAttribute('aria-sort') === 'descending' ||
              (!head.hasAttribute('aria-sort') && !head.classList.contains('n'));
            heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
            head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
            var numeric = head.classList.contains('n');
            var keyed = Array.from(body.rows).map(function (row, index) {
              var cell = row.cells[column];
              return { row: row, index: index, key: numeric ? number(cell) : shown(cell) };
            });
            keyed.sort(function (a, b) {
              if (numeric) {
                if (isNaN(a.key) || isNaN(b.key)) {
                  return (isNaN(a.key) - isNaN(b.key)) || a.index - b.index;
                }
                return (up ? a.key - b.key : b.key - a.key) || a.index - b.index;
              }
              var order = a.key.localeCompare(b.key, document.documentElement.lang, { numeric: true });
              return (up ? order : -order) || a.index - b.index;
            });
            keyed.forEach(function (item) { body.appendChild(item.row); });
          });
        });
      });
      document.querySelectorAll('input[type=search]').forEach(function (box) {
        var section = box.closest('section');
        var output = section.querySelector('output');
        function find() {
          var wanted = box.value.trim().toLowerCase();
          section.querySelectorAll('table.d').forEach(function (table) {
            var rows = Array.from(table.tBodies[0].rows), count = 0;
            rows.forEach(function (row) {
              row.hidden = wanted !== '' && row.textContent.toLowerCase().indexOf(wanted) < 0;
              if (!row.hidden) { count += 1; }
            });
            output.textContent = count + ' / ' + rows.length;
            if (table.tFoot) { table.tFoot.hidden = count < rows.length; }
          });
        }
        box.addEventListener('input', find);
        find();
      });
    })();
    """
}
