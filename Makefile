# Installs what is missing, builds, runs. Results go to standard output, progress to standard error.

WORKSPACE = datasets/shiyan-2023
PERIOD = 2023H1
AS_OF =
OUTPUT = reports

PROGRAM = .build/release/halfyear

# A start looks for no libraries beside the program. What a type such as a dictionary of days consists of stands
# in code, and is not looked up by name among 4,000 others when the type is used first: a fortieth of a hospital's
# report, which uses many such types once each. Code of one module is made to measure in others, too: 2 % of the
# CPU time of a report.
BUILD = -c release --static-swift-stdlib --disable-local-rpath \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
  -Xswiftc -cross-module-optimization
SOURCES := $(shell find Package.swift Sources -type f 2>/dev/null)

# What the program is built with (see Package.swift), and what single targets need beside it.
PACKAGES = libxlsxwriter-dev libyaml-dev libssl-dev zlib1g-dev libexpat1-dev libsqlite3-dev g++ git
TEST_PACKAGES = unzip strace
BENCH_PACKAGES = python3
ORDER_PACKAGES = python3 valgrind binutils
PAGE_PACKAGES = chromium python3
PICTURE_PACKAGES = python3 libreoffice-calc-nogui poppler-utils fonts-noto-cjk chromium
OFFICE_PACKAGES = python3 libreoffice-calc-nogui python3-openpyxl

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := half-year
.DELETE_ON_ERROR:
.NOTPARALLEL:

# The data sets whose campaigns are reported as a whole, and what is reported of each.
CAMPAIGNS = shiyan-2023 honghu-2021 changzhou-2018 shijiazhuang-2015 xiangya-2023
of-shiyan-2023 = --period 2023H1
of-honghu-2021 = --phase ice_breaking
of-changzhou-2018 = --phase liberation
of-shijiazhuang-2015 = --phase discussion
of-xiangya-2023 = --period 2023H1

as_of = $(if $(AS_OF),--as-of '$(AS_OF)')
report = '$(PROGRAM)' report '$(WORKSPACE)' --period '$(PERIOD)' --output '$(OUTPUT)' $(as_of)

.PHONY: half-year nightly statistics compare check test metrics readme dataset bench picture format
.PHONY: clean help test-faults test-page test-office $(CAMPAIGNS) campaigns bulletin order
.PHONY: swift packages test-packages bench-packages picture-packages page-packages office-packages
.PHONY: order-packages

## half-year   write the report, print its key figures and where the files are
half-year: $(PROGRAM)
	@$(report)

## campaigns   write the reports of all five campaigns; each data set's name is a target, too
campaigns: $(CAMPAIGNS)

$(CAMPAIGNS): $(PROGRAM)
	@'$(PROGRAM)' report 'datasets/$@' $(of-$@) --output '$(OUTPUT)' $(as_of) | tail -n 8

## bulletin    write the fortnightly bulletin of WORKSPACE as of AS_OF
bulletin: $(PROGRAM)
	@'$(PROGRAM)' bulletin '$(WORKSPACE)' --output '$(OUTPUT)' $(as_of)

## statistics  write the report, print the hospital's own figures as CSV
statistics: $(PROGRAM)
	@file=$$($(report) | grep '/statistics\.csv$$')
	echo "$$file: $$(($$(wc -l < "$$file") - 1)) figures; those of the whole hospital:"
	awk -F, -v period='$(PERIOD)' \
	  'NR == 1 || $$3 == period && $$4 == "" && $$5 == "hospital"' "$$file"

## nightly     write the reports of the running half of all workspaces below datasets/
nightly: $(PROGRAM)
	@'$(PROGRAM)' nightly --output '$(OUTPUT)' $(as_of)

## compare     print the departments beside each other, write compare.xlsx and compare.csv
compare: $(PROGRAM)
	@'$(PROGRAM)' compare '$(WORKSPACE)' --period '$(PERIOD)' --output '$(OUTPUT)' $(as_of)

## check       list what is wrong with the input files
check: $(PROGRAM)
	@'$(PROGRAM)' check '$(WORKSPACE)' $(as_of)

## test        build, and run all tests against the built program
test: $(PROGRAM) test-packages
	@HALFYEAR_BINARY='$(abspath $(PROGRAM))' swift test --parallel

## test-faults let every call of a nightly run fail, kill it anywhere, fill the disk; takes some minutes
test-faults: $(PROGRAM) test-packages
	@HALFYEAR_BINARY='$(abspath $(PROGRAM))' HALFYEAR_FAULTS=all swift test --filter 'FaultTests|OrderTests|RecallTests|ExplainTests'

## test-page   prove the report's page in a headless browser
test-page: $(PROGRAM) page-packages
	@$(report) > /dev/null
	python3 Tests/Browser/page.py '$(OUTPUT)/$(notdir $(WORKSPACE))/$(PERIOD)/index.html'

## test-office prove that LibreOffice calculates the workbooks as they are, and openpyxl reads them so
test-office: $(PROGRAM) office-packages
	@folder=$$(mktemp -d)
	trap 'rm -rf "$$folder"' EXIT
	cp -r '$(WORKSPACE)' "$$folder/hospital"
	for language in zh en; do
	  sed -i '/^language:/d' "$$folder/hospital/hospital.yaml"
	  echo "language: $$language" >> "$$folder/hospital/hospital.yaml"
	  for profile in office accessible; do
	    '$(PROGRAM)' report "$$folder/hospital" --period '$(PERIOD)' --profile $$profile --quiet \
	      --output "$$folder/$$language-$$profile" --each-department "$$folder/$$language-packs"
	  done
	  '$(PROGRAM)' compare "$$folder/hospital" --period '$(PERIOD)' --output "$$folder/$$language-compare"
	  '$(PROGRAM)' bulletin "$$folder/hospital" --as-of 2023-06-15 --output "$$folder/$$language-bulletin"
	done > "$$folder/log"
	'$(PROGRAM)' init "$$folder/forms" >> "$$folder/log"
	find "$$folder" -name '*.xlsx' -print0 | sort -z | xargs -0 /usr/bin/python3 Tests/Office/read.py
	for book in "$$folder"/*/*/*/half-year.xlsx; do
	  echo "$${book#"$$folder/"}"
	  /usr/bin/python3 Tests/Office/recalculate.py "$$book"
	done

## metrics     print every metric with its definition
metrics: $(PROGRAM)
	@'$(PROGRAM)' metrics

# Replaces what stands between the markers <!-- $(1):begin --> and <!-- $(1):end --> of the README by
# the output of a command.
define refresh
	{ $(2); } > .build/catalogue.md
	awk -v name='$(1)' -v file=.build/catalogue.md ' \
	  $$0 == "<!-- " name ":end -->" { inside = 0 } \
	  !inside { print } \
	  $$0 == "<!-- " name ":begin -->" { \
	    inside = 1; while ((getline line < file) > 0) print line }' README.md > .build/README.md
	cat .build/README.md > README.md
endef

## readme      write the generated parts of README.md and the example in reports/ anew
readme: $(PROGRAM)
	@rm -rf .build/readme
	'$(PROGRAM)' report datasets/shiyan-2023 --period 2023H1 --output .build/readme \
	  > .build/readme.log
	mkdir -p reports/shiyan-2023/2023H1
	cp .build/readme/shiyan-2023/2023H1/* reports/shiyan-2023/2023H1/
	sed 's|\.build/readme/|reports/|' .build/readme.log > .build/readme.txt
	$(call refresh,output,echo '```text'; head -n 9 .build/readme.txt; echo …; \
	  grep '^reports/' .build/readme.txt; echo '```')
	$(call refresh,columns,'$(PROGRAM)' metrics --columns)
	$(call refresh,findings,'$(PROGRAM)' metrics --findings)
	$(call refresh,metrics,'$(PROGRAM)' metrics)

## dataset     make all data sets anew from their generate.yaml
dataset: $(PROGRAM)
	@for file in datasets/*/generate.yaml; do
	  '$(PROGRAM)' generate "$$file" --output "$$(dirname "$$file")"
	done

## bench       measure the program
bench: $(PROGRAM) bench-packages
	@python3 Tests/Benchmark/bench.py

## order       list anew the functions that a report runs through, which the linker lays side by side
order: $(PROGRAM) order-packages
	@rm -rf .build/order
	'$(PROGRAM)' generate datasets/benchmark.yaml --output .build/order --scale 1
	python3 Tests/Benchmark/order.py '$(PROGRAM)' Sources/halfyear/Linking/functions.order \
	  .build/order:2023H1 datasets/shiyan-2023:2023H1

.PHONY: readers read-speed read-polluted read-spreadsheets
## readers     prove the readers: their speed, polluted text files, public workbooks; takes half an hour
# With POLLOCK=DIR, a checkout of the Pollock benchmark, and EXCEL=DIR, one of SheetJS's test files, these are read, too.
readers: read-speed read-polluted read-spreadsheets

read-speed: $(PROGRAM) bench-packages
	@python3 Tests/Readers/speed.py

read-polluted: $(PROGRAM) bench-packages
	@python3 Tests/Readers/polluted.py
	@if [ -d '$(POLLOCK)' ]; then python3 Tests/Readers/pollock.py '$(POLLOCK)'; \
	else echo 'skipped: POLLOCK=DIR names no checkout of the Pollock benchmark'; fi

read-spreadsheets: $(PROGRAM) picture-packages
	@python3 Tests/Readers/spreadsheets.py
	@if [ -d '$(EXCEL)' ]; then python3 Tests/Readers/excel.py '$(EXCEL)'; \
	else echo 'skipped: EXCEL=DIR names no checkout of the CSV files that Excel saved'; fi

# Pictures of the workbook: the file's name, and the title of the sheet of which it shows the upper part
# of the first page.
PICTURES = key-figures:主要指标 training:集中学习培训 issues:问题整改

## picture     draw the workbook's pages and the web page that the README shows
picture: $(PROGRAM) picture-packages
	@folder=$$(mktemp -d)
	trap 'rm -rf "$$folder"' EXIT
	'$(PROGRAM)' report datasets/shiyan-2023 --period 2023H1 --output "$$folder" > "$$folder/log"
	HOME="$$folder" soffice --headless --convert-to pdf --outdir "$$folder" \
	  "$$folder/shiyan-2023/2023H1/half-year.xlsx" >&2
	mkdir -p reports/pictures
	draw() {
	  pdftoppm -r 96 -W 1123 -H 530 -png -singlefile -f "$$2" "$$folder/half-year.pdf" \
	    "reports/pictures/$$1"
	}
	pdftotext -layout "$$folder/half-year.pdf" "$$folder/pages.txt"
	for picture in $(PICTURES); do
	  page=$$(awk -v RS='\f' -v title="$${picture#*:}" \
	    '{ split($$0, lines, "\n") } index(lines[1], title) { print NR; exit }' "$$folder/pages.txt")
	  draw "$${picture%%:*}" "$$page"
	done
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,900 \
	  --user-data-dir="$$folder/browser" --screenshot="$$PWD/reports/pictures/page.png" \
	  "file://$$folder/shiyan-2023/2023H1/index.html" 2> /dev/null
	ls reports/pictures

# How long each reader is fuzzed, and the most memory that one input may take.
FUZZ_SECONDS = 60
FUZZ_MEGABYTES = 1024

.PHONY: fuzz
## fuzz        search each kind of reader for crashes, a minute each
fuzz: swift packages
	@HALFYEAR_FUZZ=1 swift build -c release --product ReaderFuzz --scratch-path .build/fuzz \
	  --sanitize fuzzer --sanitize address >&2
	export ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no
	for seeds in Tests/Fuzz/Seeds/*/; do
	  found=.build/fuzz/found/$$(basename "$$seeds")
	  mkdir -p "$$found/inputs" "$$found/crashes"
	  .build/fuzz/release/ReaderFuzz -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=65536 \
	    -rss_limit_mb=$(FUZZ_MEGABYTES) -print_final_stats=1 -artifact_prefix="$$found/crashes/" \
	    "$$found/inputs" "$$seeds" > "$$found/log" 2>&1 || { tail -n 60 "$$found/log" >&2; exit 1; }
	  echo "$$(basename "$$seeds"): $$(sed -n 's/^stat::number_of_executed_units: *//p' "$$found/log")" \
	    "inputs, no crash"
	done

## format      format all Swift files
format: swift
	@swift format --in-place --recursive Sources Tests Package.swift

## clean       remove what was built; reports stay
clean:
	@rm -rf .build

help:
	@sed -n 's/^## //p' Makefile

# The recipe's own time stamp: a build that changes nothing leaves the program's as it was.
$(PROGRAM): $(SOURCES) | swift packages
	@mkdir -p .build/archives
	ln -sf "$$(g++ -print-file-name=libstdc++.a)" .build/archives/
	# What lies where in it is no source to the package manager, which would leave the program as it is.
	[ ! Sources/halfyear/Linking/functions.order -nt '$@' ] || rm -f '$@'
	swift build $(BUILD) >&2
	touch '$@'

swift:
	@command -v swift > /dev/null || {
	  echo "make: 'swift' is not in PATH: install Swift 6.3 as https://www.swift.org/install/linux" \
	    "says, and put its folder usr/bin into PATH" >&2
	  exit 1
	}

packages: ; $(call install,$(PACKAGES))
test-packages: ; $(call install,$(TEST_PACKAGES))
bench-packages: ; $(call install,$(BENCH_PACKAGES))
order-packages: ; $(call install,$(ORDER_PACKAGES))
picture-packages: ; $(call install,$(PICTURE_PACKAGES))
page-packages: ; $(call install,$(PAGE_PACKAGES))
office-packages: ; $(call install,$(OFFICE_PACKAGES))

# Installs what is missing of a list of Debian packages. Another run of apt may hold its locks or take
# its downloads away: hence an archive folder of our own, a long wait for the lock, and further tries.
define install
	@missing=
	for package in $(1); do
	  dpkg-query -W -f '$${Status}' "$$package" 2> /dev/null | grep -q ' installed$$' \
	    || missing="$$missing $$package"
	done
	[ -n "$$missing" ] || exit 0
	command -v apt-get > /dev/null || {
	  echo "make: there is no apt-get to install these with, see that you have them:$$missing" >&2
	  exit 0
	}
	root=
	if [ "$$(id -u)" -ne 0 ]; then
	  root=sudo
	  command -v sudo > /dev/null || {
	    echo "make: to be installed by an administrator: apt-get install$$missing" >&2
	    exit 1
	  }
	fi
	archives=$$(mktemp -d)
	trap 'rm -rf "$$archives" || $$root rm -rf "$$archives"' EXIT
	mkdir "$$archives/partial"
	apt() {
	  $$root env DEBIAN_FRONTEND=noninteractive apt-get -y -q \
	    -o DPkg::Lock::Timeout=300 -o Dir::Cache::archives="$$archives" \
	    -o APT::Sandbox::User=root "$$@" >&2
	}
	for wait in 5 15 30 60 0; do
	  if apt update && apt install --no-install-recommends $$missing; then exit 0; fi
	  sleep "$$wait"
	done
	echo "make: could not be installed:$$missing" >&2
	exit 1
endef
.ONESHELL:
