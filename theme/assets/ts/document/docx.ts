// A file for a word processor (Office Open XML, ECMA-376): headings with their levels, list items, tables and Dutch as its
// language, so that it reads well aloud too. Parts are cited by their number in ECMA-376 part 1.
//
// The parts are stored as they are: a file of some kilobytes gains little by packing, and every reader takes it.

import type { Block, Run, Table } from "./blocks";
import { zip } from "./zip";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A4 in twentieths of a point. */
const SHORT = 11906;
const LONG = 16838;
const MARGIN = 850;

export function docx(all: Block[], title: string, landscape = false): Blob {
  const [width, height] = landscape ? [LONG, SHORT] : [SHORT, LONG];
  const body = all.map((block) => (block.kind === "table" ? table(block, width - 2 * MARGIN) : paragraph(block.runs, styleOf(block)))).join("");
  const section = `<w:sectPr><w:pgSz w:w="${width}" w:h="${height}"${landscape ? ' w:orient="landscape"' : ""}/><w:pgMar w:top="${MARGIN}" w:right="${MARGIN}" w:bottom="${MARGIN}" w:left="${MARGIN}" w:header="400" w:footer="400" w:gutter="0"/></w:sectPr>`;
  return zip(
    {
      "[Content_Types].xml":
        `${START}<Types xmlns="${PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
        `<Override PartName="/word/document.xml" ContentType="${TYPE}document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPE}styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${TYPE}numbering+xml"/>` +
        `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
      "_rels/.rels":
        `${START}<Relationships xmlns="${PACKAGE}relationships"><Relationship Id="r1" Type="${OFFICE}officeDocument" Target="word/document.xml"/>` +
        `<Relationship Id="r2" Type="${PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
      "docProps/core.xml": `${START}<cp:coreProperties xmlns:cp="${PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escape(title)}</dc:title><dc:language>nl-NL</dc:language></cp:coreProperties>`,
      "word/_rels/document.xml.rels": `${START}<Relationships xmlns="${PACKAGE}relationships"><Relationship Id="r1" Type="${OFFICE}styles" Target="styles.xml"/><Relationship Id="r2" Type="${OFFICE}numbering" Target="numbering.xml"/></Relationships>`,
      "word/styles.xml": styles(landscape),
      // 17.9: one list of bullets.
      "word/numbering.xml": `${START}<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="260"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
      "word/document.xml": `${START}<w:document xmlns:w="${W}"><w:body>${body}${section}</w:body></w:document>`,
    },
    TYPE + "document",
  );
}

function styleOf(block: Block): string {
  return block.kind === "heading" ? `Heading${Math.min(block.level, 3)}` : block.kind === "item" ? "ListBullet" : "";
}

/** 17.3.1 */
function paragraph(all: Run[], style: string): string {
  return `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}${all.map(run).join("")}</w:p>`;
}

/** 17.3.2; lines that the visitor broke stay broken. */
function run(r: Run): string {
  const [words, bold] = typeof r === "string" ? [r, ""] : [r.bold, "<w:rPr><w:b/></w:rPr>"];
  return `<w:r>${bold}${words.split("\n").map((part) => `<w:t xml:space="preserve">${escape(part)}</w:t>`).join("<w:br/>")}</w:r>`;
}

/** 17.4: the first column, with the number of the row, is narrow. */
function table({ head, rows }: Table, width: number): string {
  const first = 500;
  const widths = head.map((_, i) => (i ? Math.floor((width - first) / (head.length - 1)) : first));
  const cell = (i: number, inside: string): string => `<w:tc><w:tcPr><w:tcW w:w="${widths[i]}" w:type="dxa"/></w:tcPr>${inside}</w:tc>`;
  const heading = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head.map((words, i) => cell(i, paragraph([{ bold: i ? words : "" }], ""))).join("")}</w:tr>`;
  const body = rows.map((row) => `<w:tr><w:trPr><w:cantSplit/></w:trPr>${row.map((lines, i) => cell(i, lines.map((line) => paragraph(line, "")).join(""))).join("")}</w:tr>`);
  const sides = ["top", "left", "bottom", "right", "insideH", "insideV"].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`).join("");
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:tblBorders>${sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>` +
    `<w:tblGrid>${widths.map((w) => `<w:gridCol w:w="${w}"/>`).join("")}</w:tblGrid>${heading}${body.join("")}</w:tbl>`
  );
}

/** 17.7: names that word processors know, so that headings show in their outline. */
function styles(small: boolean): string {
  const style = (id: string, name: string, inside: string, based = ' <w:basedOn w:val="Normal"/>'): string => `<w:style w:type="paragraph" w:styleId="${id}"${id === "Normal" ? ' w:default="1"' : ""}><w:name w:val="${name}"/>${based.trim()}${inside}</w:style>`;
  const heading = (level: number, size: number): string =>
    style(`Heading${level}`, `heading ${level}`, `<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="${level === 1 ? 0 : 160}" w:after="60"/><w:outlineLvl w:val="${level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr>`);
  return (
    `${START}<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="${small ? 18 : 22}"/><w:lang w:val="nl-NL"/></w:rPr></w:rPrDefault>` +
    `<w:pPrDefault><w:pPr><w:spacing w:after="${small ? 40 : 100}"/></w:pPr></w:pPrDefault></w:docDefaults>` +
    style("Normal", "Normal", "<w:qFormat/>", "") + heading(1, 36) + heading(2, 26) + heading(3, 22) +
    style("ListBullet", "List Bullet", '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:contextualSpacing/></w:pPr>') +
    "</w:styles>"
  );
}

/** What XML 1.0 cannot hold is left out. */
function escape(words: string): string {
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
