#!/bin/sh
# one-by-one.sh FOLDER COMMAND...: runs a hook for each document of a folder, as an audit with it would; fails where one did.
folder=$1
shift
for document in "$folder"/*.xml; do
	"$@" <"$document" || exit
done
