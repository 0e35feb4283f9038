#!/bin/sh
# The first process of a run's own namespaces, where it gets, and reaps, all whose parents were killed. Gives the run an
# empty /run, so that it shares nothing with the machine's hooks.
# usage: enter.sh FOLDER PROGRAM [WORD…]
set -eu
mount --bind "$1" /run
shift
"$@" || exit
