"""Papers in edXML (QCVN 102:2016/BTTTT): read what other systems write, write what they read, take papers in."""
