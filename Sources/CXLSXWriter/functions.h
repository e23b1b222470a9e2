// The functions of libxlsxwriter that this program calls. Where one is missing here, the linker says so.
#define FUNCTIONS(F) \
  F(chart_add_series) F(chart_axis_get) F(chart_axis_major_gridlines_set_line) \
  F(chart_axis_major_gridlines_set_visible) F(chart_axis_set_crossing_max) F(chart_axis_set_interval_unit) \
  F(chart_axis_set_line) F(chart_axis_set_max) F(chart_axis_set_min) F(chart_axis_set_name) \
  F(chart_axis_set_name_font) F(chart_axis_set_num_font) F(chart_axis_set_num_format) \
  F(chart_axis_set_reverse) F(chart_chartarea_set_line) F(chart_legend_set_font) \
  F(chart_legend_set_position) F(chart_series_set_categories) F(chart_series_set_fill) \
  F(chart_series_set_labels) F(chart_series_set_labels_font) F(chart_series_set_labels_num_format) \
  F(chart_series_set_labels_position) F(chart_series_set_line) F(chart_series_set_marker_fill) \
  F(chart_series_set_marker_line) F(chart_series_set_marker_size) F(chart_series_set_marker_type) \
  F(chart_series_set_name) F(chart_series_set_values) F(chart_set_series_gap) F(chart_show_blanks_as) \
  F(chart_title_set_name) F(chart_title_set_name_font) F(format_set_align) F(format_set_bg_color) \
  F(format_set_bold) F(format_set_bottom) F(format_set_bottom_color) F(format_set_font_color) \
  F(format_set_font_name) F(format_set_font_scheme) F(format_set_font_size) F(format_set_indent) \
  F(format_set_num_format) F(format_set_text_wrap) F(format_set_top) F(format_set_top_color) \
  F(format_set_underline) F(lxw_strerror) F(lxw_workbook_free) F(workbook_add_chart) F(workbook_add_format) \
  F(workbook_add_worksheet) F(workbook_close) F(workbook_new_opt) F(workbook_set_properties) \
  F(worksheet_add_table) F(worksheet_center_horizontally) F(worksheet_conditional_format_range) \
  F(worksheet_data_validation_cell) F(worksheet_data_validation_range) F(worksheet_fit_to_pages) \
  F(worksheet_freeze_panes) F(worksheet_gridlines) F(worksheet_hide) F(worksheet_ignore_errors) \
  F(worksheet_insert_chart_opt) F(worksheet_merge_range) F(worksheet_print_area) F(worksheet_repeat_rows) \
  F(worksheet_set_column) F(worksheet_set_default_row) F(worksheet_set_footer) F(worksheet_set_h_pagebreaks) \
  F(worksheet_set_header) F(worksheet_set_landscape) F(worksheet_set_margins) F(worksheet_set_paper) \
  F(worksheet_set_portrait) F(worksheet_set_print_scale) F(worksheet_set_row) F(worksheet_set_tab_color) \
  F(worksheet_write_blank) F(worksheet_write_comment_opt) F(worksheet_write_formula_num) \
  F(worksheet_write_formula_str) F(worksheet_write_number) F(worksheet_write_string) F(worksheet_write_url)
