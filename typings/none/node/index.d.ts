// What a package's reference to Node's typings finds: a policy has nothing of Node, whatever is installed.
export {};
