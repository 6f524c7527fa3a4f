/** Where the published data sets lie, with sizes and checksums as published. */

export interface PublishedFile {
  /** Mirrors of the same bytes, tried in order. */
  readonly urls: readonly string[];
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly md5: string;
}

export interface PublishedSet {
  /** Of the data set source that reads it. */
  readonly id: string;
  readonly title: string;
  readonly homepage: string;
  readonly files: readonly PublishedFile[];
  readonly packed: 'tar.gz' | 'gz' | 'no';
  /** The folder to read when all is there, below the one downloaded to. */
  readonly folder: string;
  /** Files in it that must be there; when they are, nothing is downloaded again. */
  readonly provides: readonly string[];
  /** A bound on what unpacking may write. */
  readonly unpackedBytes: number;
}

const MIB = 2 ** 20;
const IDX_FILES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];

function file(
  bases: readonly string[],
  name: string,
  bytes: number,
  md5: string,
  sha256: string,
): PublishedFile {
  return { urls: bases.map((base) => `${base}${name}`), name, bytes, md5, sha256 };
}

const TORONTO = ['https://www.cs.toronto.edu/~kriz/'];
const MNIST = [
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
];
const FASHION = ['http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/'];
const STANFORD = ['http://ufldl.stanford.edu/housenumbers/'];

// MD5 of CIFAR as on its homepage, the others as listed by torchvision; sizes and SHA-256 as listed by TensorFlow Datasets.
export const PUBLISHED_SETS: readonly PublishedSet[] = [
  {
    id: 'cifar10',
    title: 'CIFAR-10',
    homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    files: [
      file(
        TORONTO,
        'cifar-10-binary.tar.gz',
        170052171,
        'c32a1d4ab5d03f1284b67883e8d87530',
        'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
      ),
    ],
    packed: 'tar.gz',
    folder: 'cifar-10-batches-bin',
    provides: ['batches.meta.txt', ...[1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`), 'test_batch.bin'],
    unpackedBytes: 256 * MIB,
  },
  {
    id: 'cifar100',
    title: 'CIFAR-100',
    homepage: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    files: [
      file(
        TORONTO,
        'cifar-100-binary.tar.gz',
        168513733,
        '03b5dce01913d631647c71ecec9e9cb8',
        '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
      ),
    ],
    packed: 'tar.gz',
    folder: 'cifar-100-binary',
    provides: ['fine_label_names.txt', 'train.bin', 'test.bin'],
    unpackedBytes: 256 * MIB,
  },
  {
    id: 'mnist',
    title: 'MNIST',
    homepage: 'http://yann.lecun.com/exdb/mnist/',
    files: [
      file(
        MNIST,
        'train-images-idx3-ubyte.gz',
        9912422,
        'f68b3c2dcbeaaa9fbdd348bbdeb94873',
        '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609',
      ),
      file(
        MNIST,
        'train-labels-idx1-ubyte.gz',
        28881,
        'd53e105ee54ea40749a09fcbcd1e9432',
        '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c',
      ),
      file(
        MNIST,
        't10k-images-idx3-ubyte.gz',
        1648877,
        '9fb629c4189551a2d022fa330f9573f3',
        '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6',
      ),
      file(
        MNIST,
        't10k-labels-idx1-ubyte.gz',
        4542,
        'ec29112dd5afa0611ce80d1b7f02629c',
        'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6',
      ),
    ],
    packed: 'gz',
    folder: 'mnist',
    provides: IDX_FILES,
    unpackedBytes: 64 * MIB,
  },
  {
    id: 'fashion-mnist',
    title: 'Fashion-MNIST',
    homepage: 'https://github.com/zalandoresearch/fashion-mnist',
    files: [
      file(
        FASHION,
        'train-images-idx3-ubyte.gz',
        26421880,
        '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
        '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
      ),
      file(
        FASHION,
        'train-labels-idx1-ubyte.gz',
        29515,
        '25c81989df183df01b3e8a0aad5dffbe',
        'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
      ),
      file(
        FASHION,
        't10k-images-idx3-ubyte.gz',
        4422102,
        'bef4ecab320f06d8554ea6380940ec79',
        '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
      ),
      file(
        FASHION,
        't10k-labels-idx1-ubyte.gz',
        5148,
        'bb300cfdad3c16e7a12a480ee83cd310',
        '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
      ),
    ],
    packed: 'gz',
    folder: 'fashion-mnist',
    provides: IDX_FILES,
    unpackedBytes: 64 * MIB,
  },
  {
    id: 'svhn',
    title: 'SVHN, cropped digits',
    homepage: 'http://ufldl.stanford.edu/housenumbers/',
    files: [
      file(
        STANFORD,
        'train_32x32.mat',
        182040794,
        'e26dedcc434d2e4c54c9b2d4a06d8373',
        '435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8',
      ),
      file(
        STANFORD,
        'test_32x32.mat',
        64275384,
        'eb5a983be6a315427106f1b164d9cef3',
        'cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b',
      ),
    ],
    packed: 'no',
    folder: 'svhn',
    provides: ['train_32x32.mat', 'test_32x32.mat'],
    unpackedBytes: 0,
  },
];
