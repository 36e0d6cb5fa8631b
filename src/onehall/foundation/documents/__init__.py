"""Papers: what was issued is stored once, encrypted and hashed; its PDF is made when somebody asks for it (REC-03).

Owns: documents (content, serial, unguessable code), the record of every print, the typst templates, the printer's port.
Promises: content never changes; an original leaves a printer at most once, everything after it is marked (RCP-01); whoever
holds a paper can check it by its code without seeing personal data.
Pure faces here: `forms` (what a paper says), `contracts`, `typesetting`; tables behind `services` and `queries`.
"""
